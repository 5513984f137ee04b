import type { Child } from 'hono/jsx'

/** A text as people write it: blank lines part paragraphs, lines with a dash are a list, `**words**` are strong. Nothing else. */
export function Paragraphs({ text }: { text: string }) {
  const blocks = text
    .split(/\r?\n\s*\r?\n/)
    .map((block) => block.split(/\r?\n/).map((line) => line.trim()))
    .map((lines) => lines.filter(Boolean))
    .filter((lines) => lines.length > 0)
  return (
    <>{blocks.map((lines) => (lines.every(isItem) ? <List lines={lines} /> : <Lines lines={lines} />))}</>
  )
}

const isItem = (line: string) => /^[-*•]\s+/.test(line)

function List({ lines }: { lines: readonly string[] }) {
  return (
    <ul class="al-list">
      {lines.map((line) => (
        <li>{strong(line.replace(/^[-*•]\s+/, ''))}</li>
      ))}
    </ul>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <p>
      {lines.map((line, i) => (
        <>
          {i ? <br /> : null}
          {strong(line)}
        </>
      ))}
    </p>
  )
}

function strong(line: string): Child[] {
  return line.split(/\*\*([^*]+)\*\*/).map((part, i) => (i % 2 ? <b>{part}</b> : part))
}
