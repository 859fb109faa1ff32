/** The name of a conversation: under it its turns wait for each other, and under it it is stored. */
export function conversationKeyOf(activity: {
  readonly channelId: string
  readonly conversation: { readonly id: string }
}): string {
  return JSON.stringify([activity.channelId, activity.conversation.id])
}
