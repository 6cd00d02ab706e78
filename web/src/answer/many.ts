/** How several people were reached without carriers. A desk phone needs no witness, the other ways do. */
export interface Reached {
  way: 'desk' | 'satellite' | 'loudspeaker' | 'door'
  said: string
  witness: string
}

type Deed = 'reached-by-desk' | 'reached-by-hand'

/** Enters each person by a deed of his own, one after the other. @returns who could not be entered, and the first reason */
export async function enterEach(
  order: string,
  people: readonly string[],
  reached: Reached,
  act: (deed: Deed, fields: Record<string, string>) => Promise<unknown>,
  entered: (person: string) => void = () => undefined,
): Promise<{ left: string[]; error?: unknown }> {
  const left: string[] = []
  let error: unknown
  for (const person of people) {
    try {
      const { way, said, witness } = reached
      if (way === 'desk') await act('reached-by-desk', { order, person, said })
      else await act('reached-by-hand', { order, person, way, said, witness })
      entered(person)
    } catch (why) {
      left.push(person)
      error ??= why
    }
  }
  return error === undefined ? { left } : { left, error }
}
