import type { SpokenOption, SpokenReply } from '../guide.ts'
import { type Html, html } from './html.ts'
import { alarmLines, linkLines } from './link-text.ts'
import { formOf, type PageView } from './page-view.ts'
import { renderAdvice } from './render-advice.ts'
import { renderShell } from './render-shell.ts'

/** Longer texts would not fit in a body of 64 kB in every script. */
const longestText = 4000

/** The page of one turn: what was said, what is asked or advised now, and the answers so far. */
export function renderTurn(view: PageView, replies: readonly SpokenReply[], isStart = false): Html {
  const { frame } = view
  const last = replies.at(-1)
  const isShown = last?.kind === 'question' || last?.kind === 'advice'
  const isStopped = !isShown && frame.isEnded && replies.length > 0
  const shown = isShown ? last : isStopped ? undefined : frame.shown
  const said = isShown ? replies.slice(0, -1) : replies
  const stopped = isStopped && html`<h1>${frame.words.titleStopped}</h1>\n`
  return renderShell(view, {
    title: titleOf(view, shown, isStart),
    isStart,
    main: html`${stopped}${said.map((reply) => renderSaid(view, reply))}${shown ? renderShown(view, shown) : goOn(view)}
${textForm(view, shown)}
${!isStart && answers(view)}
${commands(view, shown, isStart)}
${isStart && ownPages(view)}`,
  })
}

function titleOf({ frame }: PageView, shown: SpokenReply | undefined, isStart: boolean): string {
  const { words, answers: told } = frame
  if (isStart) return told.length > 0 ? words.titleStartAt : words.titleStart
  if (shown === undefined) return words.titleStopped
  return shown.kind === 'advice' ? words.titleAdvice : (shown.text.split('\n')[0] ?? '')
}

function renderSaid({ frame }: PageView, { kind, text, links = [] }: SpokenReply): Html {
  const lines = linesOf(text)
  return kind === 'notice'
    ? html`<section class="notice" aria-label="${frame.words.urgent}">${alarmLines(lines, links)}</section>\n`
    : html`<div class="said">${linkLines(lines, links)}</div>\n`
}

function renderShown(view: PageView, shown: SpokenReply): Html {
  const { words } = view.frame
  if (shown.kind !== 'advice') return renderQuestion(view, shown)
  return html`<article class="advice">
${renderAdvice(shown, words.urgent)}
<p class="made">${words.made}</p>
</article>
<p class="note">${words.print}</p>`
}

function renderQuestion(view: PageView, { text, options, why }: SpokenReply): Html {
  const [question = '', ...hints] = linesOf(text)
  const described = hints.length > 0 && html` aria-describedby="hint"`
  return html`${formOf(
    view,
    'question',
    html`<fieldset${described}>
<legend><h1>${question}</h1></legend>
${hints.length > 0 && html`<p id="hint">${hints.join(' ')}</p>\n`}${options.map(({ id, label }) => html`<button class="option" name="choose" value="${id}">${label}</button>\n`)}</fieldset>`,
  )}
${why && html`<details class="why"><summary>${why.heading}</summary><p>${why.text}</p></details>`}`
}

/** After a stop: back to where the conversation was. */
function goOn(view: PageView): Html {
  return formOf(view, 'on', html`<button class="send">${view.frame.words.goOn}</button>`)
}

/** A form of its own: Enter in a field presses the first button of its form, which must not be an answer. */
function textForm(view: PageView, shown: SpokenReply | undefined): Html {
  const { words } = view.frame
  const label =
    shown === undefined ? words.typeStopped : shown.kind === 'advice' ? words.typeAdvised : words.type
  return formOf(
    view,
    'type',
    html`<label for="text">${label}</label>
<textarea id="text" name="text" rows="2" maxlength="${longestText}" autocomplete="off" spellcheck="false" dir="auto"></textarea>
<button class="send">${words.send}</button>`,
  )
}

function answers(view: PageView): Html | undefined {
  const { answers: told, words } = view.frame
  if (told.length === 0) return undefined
  const rows = told.map(
    ({ slot, question, answer }) => html`<div><dt>${question}</dt>
<dd>${answer}</dd>
<dd><button name="change" value="${slot}">${words.change}<span class="unseen">: ${question}</span></button></dd></div>
`,
  )
  return html`<section class="told" aria-labelledby="told">
<h2 id="told">${words.told}</h2>
${formOf(view, 'quiet', html`<dl>${rows}</dl>`)}
</section>`
}

/** What can always be done. At the start there is nothing to go back to. */
function commands(view: PageView, shown: SpokenReply | undefined, isStart: boolean): Html {
  const { words, commands: all } = view.frame
  const atStart = all.filter(({ id }) => id === 'human' || id === 'forget')
  const offered = shown?.kind === 'advice' ? shown.options : isStart ? atStart : all
  return html`<section class="more" aria-labelledby="more">
<h2 id="more">${words.more}</h2>
${formOf(view, 'quiet', html`${offered.map(toButton)}`)}
</section>`
}

function toButton({ id, label }: SpokenOption): Html {
  return html`<button name="choose" value="${id}">${label}</button>\n`
}

/** The way to the start pages of organisations, for search engines, and for whoever wants to keep one. */
function ownPages({ frame, action }: PageView): Html | undefined {
  if (frame.answers.length > 0) return undefined
  const { words, organisations, locale } = frame
  return html`<details class="pages"><summary>${words.ownPages}</summary>
<ul>${organisations.map(({ id, name }) => html`<li><a href="${action}/${id}?taal=${locale}">${name}</a></li>\n`)}</ul>
</details>`
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
