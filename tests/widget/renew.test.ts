import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DirectLineUnderTest, post } from '../channels/direct-line/direct-line-under-test.ts'
import { startWidget } from './widget-under-test.ts'

let chats: DirectLineUnderTest

beforeAll(async () => {
  chats = await startWidget()
})
afterAll(() => chats.close())

const refresh = (token: string) => chats.call('/v3/directline/tokens/refresh', post({}, token))

describe('a token of one of our own pages', () => {
  test('can be refreshed for a day, and counts for half an hour: nobody is hurried', async () => {
    const { token, conversationId } = chats.directLine.startOf({ organisation: 'pluzorg', locale: 'nl' })
    const own = { id: conversationId, token }
    expect((await chats.post(own, { text: 'hoi' })).status).toBe(200)
    chats.passMinutes(23 * 60)
    expect((await chats.post(own, { text: 'hoi' })).status).toBe(403)
    const renewed = await refresh(token)
    expect(renewed.status).toBe(200)
    expect(renewed.body.conversationId).toBe(conversationId)
    expect((await chats.read({ id: conversationId, token: renewed.body.token ?? '' })).status).toBe(200)
    chats.passMinutes(24 * 60 + 1)
    expect((await refresh(token)).status).toBe(403)
  })
})

test('who left the page open for hours can still erase all of it', async () => {
  const { token, conversationId } = chats.directLine.startOf({ organisation: 'pluzorg', locale: 'nl' })
  const own = { id: conversationId, token }
  await chats.post(own, { text: 'hoi' })
  chats.passMinutes(5 * 60)
  expect((await chats.post(own, { type: 'endOfConversation' })).status).toBe(200)
  const renewed = { id: conversationId, token: (await refresh(token)).body.token ?? '' }
  expect((await chats.read(renewed)).body.activities).toEqual([])
})

test('a token of another client cannot be refreshed once it has expired', async () => {
  const tokens = [
    await chats.token({ organisation: 'pluzorg' }),
    await chats.token({ organisation: 'pluzorg', trustedOrigins: [] }),
  ]
  chats.passMinutes(31)
  for (const token of tokens) expect((await refresh(token)).status).toBe(403)
})
