import type { Person } from './reach-person.ts'
import type { Setting } from './setting.ts'
import { showHours } from './show-hours.ts'
import { showOpening } from './show-opening.ts'
import { showPhone } from './show-phone.ts'

type Hours = { readonly hours?: string | undefined; readonly daysUnstated?: boolean | undefined }

/** Opening hours, what is not known of them, and whether it is open now; empty when nothing is known. */
export function sayHours(
  { locale, speech, now, knowledge }: Setting,
  { hours, daysUnstated }: Hours,
): string {
  const t = speech.of(locale)
  const shown = hours === undefined ? '' : showHours(hours, t)
  if (hours === undefined || shown === '') return ''
  const opening = now && showOpening(hours, now, knowledge.holidays, t)
  return [shown, ...(daysUnstated ? [t('contact.daysUnstated')] : []), ...(opening ? [opening] : [])].join(
    '; ',
  )
}

/** The number of a person to call, with its hours where they are known: nobody should call a closed door. */
export function sayPhone(setting: Setting, person: Person): string {
  const phone = showPhone(person.phone)
  const hours = sayHours(setting, person)
  return hours === '' ? phone : setting.speech.of(setting.locale)('contact.hours', { contact: phone, hours })
}
