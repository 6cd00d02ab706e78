import type { DocumentRead, Draft, ItemField } from '@/api/items'

const TITLE_MOST = 60

/** What a form begins with: only what the sentence says. A deadline that the text does not state stays empty. */
export function filledFrom(document: Pick<DocumentRead, 'document' | 'name' | 'at'>, draft: Draft, fields: ItemField[]): Record<string, string> {
  const known: Record<string, string> = {
    title: draft.text.length > TITLE_MOST ? draft.text.slice(0, TITLE_MOST - 1) + '…' : draft.text,
    description: draft.text,
    sentence: draft.text,
    sentence_from: String(draft.from),
    sentence_to: String(draft.to),
    text_sha256: document.document,
    meeting: document.name.replace(/\.[a-z]{2,4}$/i, ''),
    due_on: draft.deadline?.date ?? '',
    source: fields.find((field) => field.id === 'source')?.choices.some((choice) => choice.id === 'document') ? 'document' : '',
    found_at: document.at,
  }
  return Object.fromEntries(fields.map((field) => [field.id, known[field.id] ?? '']))
}
