import { isPhone } from './formats.ts'
import type { ReportFinding } from './report-finding.ts'
import type { Contact, OrganisationFile } from './schema.ts'

/**
 * Compares each value that the product uses with the way the document prints it: the verification looks up what is
 * printed, so a value that says something else would never be noticed.
 */
export function checkPrinted(data: OrganisationFile, report: ReportFinding): void {
  data.bodies.forEach((body, index) => {
    body.contacts.forEach((contact, at) => {
      const place = ['bodies', index, 'contacts', at]
      const { value, printed, hours, hoursPrinted, status } = contact
      if (status === 'corrupt') return
      if (
        typeof value === 'string' &&
        printed !== undefined &&
        !isSameContact(contact.kind, value, printed)
      ) {
        report('error', 'printed-differs', [...place, 'value'], { value, printed })
      }
      if (hours && hoursPrinted && !timesOf(hours).every((time) => timesOf(hoursPrinted).includes(time))) {
        report('error', 'printed-differs', [...place, 'hours'], { value: hours, printed: hoursPrinted })
      }
    })
  })
  data.terms.forEach(({ period, workingDays, printed }, index) => {
    if (printed === undefined) return
    if (!isSamePeriod(period, printed) || (workingDays === true) !== /werkdag/i.test(printed)) {
      const value = workingDays === true ? `${period} workingDays` : period
      report('error', 'printed-differs', ['terms', index, 'period'], { value, printed })
    }
  })
  data.retention.forEach(({ period, printed }, index) => {
    if (period && printed && !isSamePeriod(period, printed)) {
      report('error', 'printed-differs', ['retention', index, 'period'], { value: period, printed })
    }
  })
}

function isSameContact(kind: Contact['kind'], value: string, printed: string): boolean {
  switch (kind) {
    case 'phone':
      // What is no telephone number at all was reported as such.
      return !isPhone(value) || value === printed.replace(/\D/g, '').replace(/^0(?=\d{9,})/, '+31')
    case 'web':
    case 'form':
    case 'chat':
      return bareAddress(value) === bareAddress(printed)
    default:
      return value === printed
  }
}

function bareAddress(url: string): string {
  return url
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '')
    .toLowerCase()
}

/** Times of day as minutes, so that `9:00` and `09.00` are the same. */
function timesOf(text: string): readonly number[] {
  return [...text.matchAll(/(\d{1,2})[.:](\d{2})/g)].map(
    ([, hour, minute]) => Number(hour) * 60 + Number(minute),
  )
}

const numberWords = [
  'nul',
  'een',
  'twee',
  'drie',
  'vier',
  'vijf',
  'zes',
  'zeven',
  'acht',
  'negen',
  'tien',
  'elf',
  'twaalf',
]
const unitWords: Readonly<Record<string, RegExp>> = { D: /dag/, W: /we(ek|ken)/, M: /maand/, Y: /ja(ar|ren)/ }

/** Whether the number and the unit of a period stand in the printed text. */
function isSamePeriod(period: string, printed: string): boolean {
  const [, count = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(period) ?? []
  const text = printed.toLowerCase().replace('één', 'een')
  const number = [count, numberWords[Number(count)]].filter(Boolean).join('|')
  return (
    new RegExp(`(?<![\\p{L}\\d])(${number})(?![\\p{L}\\d])`, 'u').test(text) &&
    (unitWords[unit]?.test(text) ?? false)
  )
}
