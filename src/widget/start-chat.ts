import { h, hydrate, render } from 'preact'
import type { WireTurn } from '../channels/direct-line/wire.ts'
import type { ChatData, ChatWords } from '../channels/widget/chat-data.ts'
import { announce } from './announce.ts'
import { toCalendar } from './calendar.ts'
import { Chat } from './chat.ts'
import { type ChatActions, type ChatState, firstState } from './chat-state.ts'
import {
  createDirectLine,
  type DirectLine,
  type LineEvents,
  type Outgoing,
  type Session,
} from './direct-line.ts'
import { createKeeper } from './keep-session.ts'
import { mailAddress } from './mail-address.ts'
import { createParent } from './parent-page.ts'
import { createReader } from './read-aloud.ts'
import { onThreeShifts } from './three-shifts.ts'
import { type Activity, lastTurn, takeActivity, tellOf, unsentLast } from './transcript.ts'

const root = document.getElementById('chat') as HTMLElement
const data = JSON.parse(document.getElementById('start')?.textContent ?? '') as ChatData
const { view, start } = data
const keeper = createKeeper(start.organisation ?? '')
const reader = createReader()
const parent = createParent(view.isEmbedded)
const preferences = createKeeperOfLooks()
let state: ChatState = firstState(data)
let line: DirectLine = open(freshSession())

/** Shows another state. */
function show(change: Partial<ChatState>): void {
  state = { ...state, ...change }
  render(h(Chat, { state, actions }), root)
}

const actions: ChatActions = {
  choose: (option, of, turn) =>
    send({ value: { choose: option, ...(of !== undefined && { of }), ...(turn !== undefined && { turn }) } }),
  change: (slot) => send({ value: { change: slot } }),
  say(text) {
    show({ draft: '' })
    send({ text })
  },
  draft(text) {
    show({ draft: text })
    keep()
  },
  resume(goesOn) {
    const earlier = keeper.readEarlier(Date.now())
    if (goesOn && earlier !== undefined) return takeUp(earlier, [], '')
    if (earlier !== undefined) open(earlier).leave()
    keeper.wipe()
    show({ phase: 'open' })
    focusOn('[data-focus]')
  },
  retry: () => line.retry(),
  restart() {
    keeper.wipe()
    location.reload()
  },
  leave() {
    state = { ...state, phase: 'wiped' }
    document.documentElement.hidden = true
    reader.stop()
    line.leave()
    keeper.wipe()
    preferences.wipe()
    parent.leave(view.exitUrl)
  },
  close: () => parent.close(),
  toggleMenu() {
    const isMenuOpen = !state.isMenuOpen
    show({ isMenuOpen })
    if (isMenuOpen) focusOn('#menu h2')
    else focusOn('.menu-button')
  },
  size(step) {
    show({ size: step })
    document.documentElement.dataset.size = String(step)
    preferences.write(step, state.speaksAll)
  },
  speakAll(on) {
    show({ speaksAll: on })
    preferences.write(state.size, on)
    if (!on) stopSpeaking()
  },
  speak(id, text) {
    if (state.speaking === id) return stopSpeaking()
    show({ speaking: id })
    reader.speak(text, state.locale, () => show({ speaking: undefined }))
  },
  print: () => print(),
  mail(text) {
    location.href = mailAddress(state.words.mailSubject, text)
  },
  keepDates(id) {
    const [entry, reply] = id.split('/')
    const turn = state.entries.find((each) => each.id === entry)
    const dates = turn?.kind === 'turn' ? (turn.turn.replies[Number(reply)]?.dates ?? []) : []
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
    download(toCalendar(dates, stamp, entry ?? ''), state.words.calendarFile)
  },
}

function stopSpeaking(): void {
  reader.stop()
  show({ speaking: undefined })
}

function freshSession(): Session {
  const { token, conversationId, directLine, expiresIn } = start
  return { token, conversationId, directLine, expires: Date.now() + expiresIn * 1000, hasBegun: false }
}

function open(session: Session, waiting: readonly Outgoing[] = []): DirectLine {
  const opened: DirectLine = createDirectLine(
    session,
    eventsOf(() => opened),
    waiting,
  )
  return opened
}

/** What the line tells. One that was left for another, or after all was wiped, is not heard. */
function eventsOf(own: () => DirectLine): LineEvents {
  const isHeard = () => own() === line && state.phase !== 'wiped'
  return {
    onActivities: (activities) => isHeard() && hear(activities),
    onChange: () => isHeard() && keep(),
    onConnection(connection) {
      if (!isHeard()) return
      const wasAway = state.connection === 'offline' && connection === 'online'
      if (wasAway) {
        say('spoken', state.words.online)
        show({ connection: 'online' })
      } else if (connection !== state.connection) {
        show({ connection })
        if (connection !== 'online') say('alarm', state.words[connection])
      }
    },
  }
}

function keep(): void {
  keeper.write({ session: line.session(), queue: line.queue(), draft: state.draft }, Date.now())
}

function send(said: Pick<Outgoing, 'text' | 'value'>): void {
  reader.stop()
  const outgoing = { id: newId(), locale: state.locale, ...said }
  const told = { kind: 'told', id: outgoing.id, text: tellOf(state.entries, said), isSent: false } as const
  show({ entries: [...state.entries, told], speaking: undefined })
  if (state.connection === 'online') say('alarm', '')
  say('spoken', '')
  line.send(outgoing)
  scrollTo('.log > :last-child')
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function hear(activities: readonly Activity[]): Promise<void> {
  const before = lastTurn(state.entries)
  const wasLost = document.activeElement === null || document.activeElement === document.body
  const hadFocus = root.contains(document.activeElement) || wasLost
  if (activities.some(({ type }) => type === 'endOfConversation')) return forget()
  const entries = unsentLast(activities.reduce(takeActivity, state.entries))
  const last = lastTurn(entries)
  if (last === undefined || last.id === before?.id) return show({ entries })
  if (last.turn.erased) return forget()
  const isNew = state.phase === 'open'
  await useLanguage(last.turn)
  show({ entries, phase: 'open' })
  if (isNew) tell(last.turn, last.id, hadFocus && document.hasFocus())
}

/** Brings a new turn to whoever reads, listens, or uses a keyboard. */
function tell(turn: WireTurn, id: string, mayFocus: boolean): void {
  const announcement = announce(turn, state.words, mayFocus)
  say('alarm', announcement.alarm)
  say('spoken', announcement.said)
  if (mayFocus) focusOn(...focusAfterTurn)
  scrollTo('.log > :last-child')
  if (!state.speaksAll) return
  const text = turn.replies
    .map((reply) =>
      [reply.text, ...(reply.kind === 'question' ? reply.options.map(({ label }) => label) : [])].join('.\n'),
    )
    .join('\n')
  actions.speak(id, text)
}

/** Brings to the top what is new, so that it is read from its beginning. */
function scrollTo(selector: string): void {
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
  root.querySelector(selector)?.scrollIntoView({ behavior, block: 'start' })
}

function say(region: 'spoken' | 'alarm', text: string): void {
  const element = document.getElementById(region)
  if (element !== null) element.textContent = text
}

async function useLanguage({ frame }: WireTurn): Promise<void> {
  if (frame.locale === state.locale) return
  const address = view.words[frame.locale]
  const words =
    address &&
    (await fetch(address).then(
      (answer) => answer.json() as Promise<ChatWords>,
      () => undefined,
    ))
  document.documentElement.lang = frame.locale
  document.documentElement.dir = frame.direction
  show({ locale: frame.locale, direction: frame.direction, ...(words && { words }) })
}

/** Whoever comes for the first time begins at the beginning. */
const focusAtFirst = ['.resume [data-focus]', '.log [tabindex]']

/** The advice, the question, or else what was said last. */
const focusAfterTurn = [
  '.now [data-focus]',
  '.question [data-focus]',
  '.log > :last-child [tabindex]',
  '#text',
]

/** Puts the focus on the first of these that is there; what is in view stays in view. */
function focusOn(...selectors: readonly string[]): void {
  const found = selectors.map((selector) => root.querySelector<HTMLElement>(selector)).find(Boolean)
  found?.focus({ preventScroll: true })
}

/** Nothing stays: not here, not in other tabs, and not on the server. */
function forget(): void {
  line.stop()
  reader.stop()
  keeper.wipe()
  show({ phase: 'wiped', entries: [], draft: '', isMenuOpen: false, connection: 'online' })
  focusOn('[data-focus]')
}

/** Goes on with an earlier conversation. */
function takeUp(session: Session, waiting: readonly Outgoing[], draft: string): void {
  line.stop()
  line = open(session, waiting)
  const told = waiting.map(
    (each) => ({ kind: 'told', id: each.id, text: tellOf(state.entries, each), isSent: false }) as const,
  )
  show({ phase: session.hasBegun ? 'resuming' : 'open', draft, entries: [...state.entries, ...told] })
  if (session.hasBegun) line.resume().then(() => state.phase === 'resuming' && show({ phase: 'open' }))
  else line.retry()
  keep()
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Size of the letters and reading aloud, for the next time. They tell nothing of a conversation. */
function createKeeperOfLooks() {
  const key = 'klachtwijzer.looks'
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch {
      return undefined
    }
  }
  return {
    read: () => (attempt(() => localStorage.getItem(key)) ?? '').split(' ').map(Number),
    write: (size: number, speaks: boolean) =>
      attempt(() => localStorage.setItem(key, `${size} ${Number(speaks)}`)),
    wipe: () => attempt(() => localStorage.removeItem(key)),
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  if (state.isMenuOpen) actions.toggleMenu()
  else actions.close()
}

function begin(): void {
  hydrate(h(Chat, { state, actions }), root)
  const [size = 0, speaks = 0] = preferences.read()
  document.documentElement.dataset.size = String(size)
  show({ canSpeak: reader.canSpeak, size, speaksAll: speaks === 1 })
  const kept = keeper.read()
  const isUnderway = kept?.session.hasBegun || (kept?.queue.length ?? 0) > 0
  if (kept !== undefined && isUnderway) takeUp(kept.session, kept.queue, kept.draft)
  else if (keeper.readEarlier(Date.now()) !== undefined) show({ phase: 'asking' })
  else if (kept !== undefined) show({ draft: kept.draft })
  keeper.onWiped(() => {
    if (state.phase === 'wiped' || state.phase === 'asking') return
    // Another conversation than the one that was wiped there goes as well.
    line.leave()
    forget()
  })
  document.addEventListener('keydown', onKey)
  document.addEventListener('keydown', onThreeShifts(actions.leave))
  parent.onOpened(() => focusOn(...(state.entries.length === 1 ? focusAtFirst : focusAfterTurn)))
  parent.onExit(actions.leave)
  addEventListener('pagehide', () => reader.stop())
}

begin()
