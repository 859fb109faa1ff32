import type { TFunction } from 'i18next'
import type { AdvisedContact } from '../routing/advice.ts'
import type { Link } from './parts.ts'
import { showPhone } from './show-phone.ts'

/** What may be pressed to use a contact; undefined for an address, a visit, and what is not a whole link. */
export function linkOf(t: TFunction, contact: Pick<AdvisedContact, 'kind' | 'value'>): Link | undefined {
  const value = [contact.value].flat().join(', ')
  switch (contact.kind) {
    case 'phone':
      return callTo(t, value)
    case 'email':
      return mailTo(t, value)
    case 'web':
    case 'form':
    case 'chat':
      return isPage(value) ? { kind: 'web', label: t(`link.${contact.kind}`), url: value } : undefined
    case 'post':
    case 'visit':
    case 'menu-path':
      return undefined
  }
}

/** @param number E.164, or a short number such as 112 */
export function callTo(t: TFunction, number: string): Link {
  return { kind: 'call', label: t('link.call', { phone: showPhone(number) }), url: `tel:${number}` }
}

export function mailTo(t: TFunction, address: string): Link {
  return { kind: 'mail', label: t('link.mail'), url: `mailto:${address}` }
}

function isPage(value: string): boolean {
  return /^https?:\/\/\S+$/.test(value)
}
