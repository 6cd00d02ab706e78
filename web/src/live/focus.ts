/** The field takes the focus when it appears; the attribute of HTML does so only once in a page. */
export const vFocus = { mounted: (field: HTMLElement) => field.focus() }
