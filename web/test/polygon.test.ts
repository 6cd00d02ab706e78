import { describe, expect, it } from 'vitest'
import { polygonText, readPolygon } from '../src/answer/polygon'

describe('a drawn polygon', () => {
  it('goes to the server as degrees, longitude first, and comes back', () => {
    const text = polygonText([[121.0000049, 30.5], [121.2, 30.5], [121.2, 30.70001]])
    expect(text).toBe('121.00000,30.50000;121.20000,30.50000;121.20000,30.70001')
    expect(readPolygon(text)).toEqual([[121, 30.5], [121.2, 30.5], [121.2, 30.70001]])
  })

  it('has no corners when nothing is drawn', () => {
    expect(readPolygon('')).toEqual([])
  })
})
