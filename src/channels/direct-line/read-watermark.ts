import { Refused } from './errors.ts'

/** The number of the last entry that a client has, from what it sends as its watermark; 0 for none. @throws Refused */
export function readWatermark(given: unknown): number {
  if (given === undefined || given === null || given === '') return 0
  if (typeof given !== 'string' || !/^\d{1,12}$/.test(given)) throw new Refused('bad-watermark')
  return Number(given)
}
