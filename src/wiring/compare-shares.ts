import { z } from 'zod'
import type { Finding } from '../knowledge/finding.ts'
import type { Shares } from '../routing/prove.ts'

const sharesFile = z.record(z.string(), z.strictObject({ neither: z.number() }))

/** Per organisation the share of cases that neither the regulation nor the law settles, as it was last accepted. */
export type LockedShares = z.infer<typeof sharesFile>

/** Where the accepted shares stand in the project. */
export const sharesPath = 'knowledge/shares.lock.json'

/** Reads the accepted shares. A broken file is a finding. */
export function readShares(text: string): { shares: LockedShares; findings: Finding[] } {
  try {
    return { shares: sharesFile.parse(JSON.parse(text)), findings: [] }
  } catch {
    const place = { file: sharesPath, line: 1, field: '' }
    return { shares: {}, findings: [{ severity: 'error', code: 'lock-broken', ...place, params: {} }] }
  }
}

/** The shares as they are kept in the repository. */
export function writeShares(shares: ReadonlyMap<string, Shares>): string {
  const entries = [...shares].map(([id, { neither }]) => [id, { neither: round(neither) }])
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

/** An error when more cases than before are settled by neither the regulation nor the law. */
export function compareShares(
  locked: LockedShares,
  id: string,
  { neither }: Shares,
  place: { readonly file: string; readonly line: number },
): Finding[] {
  const before = locked[id]?.neither
  if (before === undefined || round(neither) <= before) return []
  const params = { before: percentOf(before), now: percentOf(neither) }
  return [{ severity: 'error', code: 'share-of-neither-rose', ...place, field: 'rules', params }]
}

/** A share as a percentage with one digit, as it is written in Dutch. */
export function percentOf(share: number): string {
  return new Intl.NumberFormat('nl', {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(share)
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000
}
