/** A sentence of the benchmark with the slots that it settles, safety, command and scope among them. */
export type Sample = {
  readonly id: string
  readonly locale: string
  readonly text: string
  readonly expect: Readonly<Record<string, string>>
  readonly note?: string
  readonly direct?: boolean
}

export type Slots = Readonly<Record<string, string>>

/** A way of understanding: learns from samples, then reads. */
export type Method = {
  readonly name: string
  learn(samples: readonly Sample[]): Promise<(text: string, locale: string) => Promise<Slots> | Slots>
}
