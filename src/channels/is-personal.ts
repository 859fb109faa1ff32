import type { TurnContext } from 'botbuilder'

/** Whether nobody else reads along: the bot hears what people tell nobody else. Teams always says so. */
export function isPersonal({ activity }: TurnContext): boolean {
  const { conversationType, isGroup } = activity.conversation
  if (isGroup) return false
  return (
    conversationType === 'personal' || (conversationType === undefined && activity.channelId !== 'msteams')
  )
}
