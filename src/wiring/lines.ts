/** Where a command writes its lines: answers to `out`, what is wrong to `problem`. */
export type Lines = { readonly out: WriteLine; readonly problem: WriteLine }

/** Writes one line, without its end. */
export type WriteLine = (line: string) => void
