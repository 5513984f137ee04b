import type { Completion } from '@codemirror/autocomplete'
import { autocompletion, completeFromList } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import type { SQLNamespace } from '@codemirror/lang-sql'
import { PostgreSQL, sql } from '@codemirror/lang-sql'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const colours = HighlightStyle.define([
  { tag: tags.keyword, class: 'al-tok-keyword' },
  { tag: tags.string, class: 'al-tok-string' },
  { tag: tags.comment, class: 'al-tok-comment' },
  { tag: tags.number, class: 'al-tok-number' },
])

/** The page's own nonce, if it has one: the editor writes its styles through it. */
function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}

function labelOf(area: HTMLTextAreaElement): string {
  return document.querySelector(`label[for="${area.id}"]`)?.textContent ?? 'SQL'
}

/** Tables with what may be named in them, each with what it means. */
type Schema = Record<string, { self: Completion; children: Completion[] }>

/** Puts an SQL editor over a textarea; its text goes back on every change, so the form sends as before. */
function edit(area: HTMLTextAreaElement): void {
  const schema = JSON.parse(area.dataset.schema ?? '{}') as Schema
  const columns = Object.values(schema).flatMap((table) => table.children)
  const frame = document.createElement('div')
  frame.className = 'al-editor'
  area.before(frame)
  const editor = new EditorView({
    parent: frame,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        EditorView.cspNonce.of(nonce()),
        lineNumbers(),
        history(),
        autocompletion(),
        sql({ dialect: PostgreSQL, schema: schema as SQLNamespace, upperCaseKeywords: true }),
        // Columns are offered without their table as well: most questions ask one table.
        PostgreSQL.language.data.of({ autocomplete: completeFromList(columns) }),
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': labelOf(area) }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString()
        }),
        // Tab keeps moving on through the page: nobody is caught in the field.
        keymap.of([...defaultKeymap, ...historyKeymap]),
      ],
    }),
  })
  area.hidden = true
  area.addEventListener('focus', () => editor.focus())
}

for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-editor="sql"]')) edit(area)
