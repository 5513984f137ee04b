import { describe, expect, test } from 'vitest'
import { gallery } from './gallery.tsx'

const html = await gallery('de')
const english = await gallery('en')

describe('the gallery of all components', () => {
  test('has one h1 and skips no heading level', () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    const main = [...html.slice(html.indexOf('<main'), html.indexOf('</main>')).matchAll(/<h([1-6])/g)].map(
      (m) => Number(m[1]),
    )
    main.forEach((level, index) => expect(level - (main[index - 1] ?? 0)).toBeLessThanOrEqual(1))
  })

  test('gives every control a label and every id once', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const labels = new Set([...html.matchAll(/<label[^>]* for="([^"]+)"/g)].map((match) => match[1]))
    const controls = [...html.matchAll(/<(?:input|select|textarea)\b([^>]*)>/g)].map(
      (match) => match[1] ?? '',
    )
    const visible = controls.filter((text) => !text.includes('type="hidden"') && / id="/.test(text))
    for (const control of visible) expect(labels).toContain(/ id="([^"]+)"/.exec(control)?.[1])
  })

  test('ties each error to its field and lists it at the top', () => {
    expect(html).toContain('href="#f-title"')
    expect(html).toContain('id="f-title-error"')
    expect(html).toMatch(/<input[^>]*id="f-title"[^>]*aria-describedby="f-title-hint f-title-error"/)
    expect(html).toMatch(/<input[^>]*id="f-title"[^>]*aria-invalid="true"/)
  })

  test('escapes what people typed', () => {
    expect(html).toContain('&lt;b&gt;Hitze&lt;/b&gt;')
    expect(html).not.toContain('<b>Hitze</b>')
  })

  test('carries no style attribute and no inline handler, which the content policy would block', () => {
    expect(html).not.toMatch(/\sstyle=/)
    expect(html).not.toMatch(/\son[a-z]+=/)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
  })

  test('shows protected values as words and hatching, never as zero', () => {
    expect(html).toContain('al-hidden-cell">geschützt')
    expect(html).toContain('Auwiesen: geschützt, nicht gezeigt')
    expect(html).toMatch(/class="edge al-hq"/)
  })

  test('gives every form post a one-time key of its own', () => {
    const keys = [...html.matchAll(/name="_once" value="([^"]+)"/g)].map((match) => match[1])
    expect(keys.length).toBeGreaterThan(2)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('speaks English under /en with the same structure', () => {
    const tags = (text: string) =>
      [...text.matchAll(/<(\w+)/g)].map((match) => match[1] ?? '').toSorted((a, b) => a.localeCompare(b))
    expect(english).toContain('<html lang="en">')
    expect(tags(english)).toEqual(tags(html))
    expect(english).toContain('href="/en/questions"')
    expect(english).not.toMatch(/Werte als Tabelle|geschützt|Zum Inhalt/)
  })

  test('names every scroll region and lets the keyboard in', () => {
    for (const [tag] of html.matchAll(/<div class="al-scroll"[^>]*>/g)) {
      expect(tag).toContain('tabindex="0"')
      expect(tag).toMatch(/aria-label="[^"]+"/)
    }
  })
})
