import type { View } from '../../platform/view.ts'
import { Card, Checks, Code, LinkArrow, More, Note, Pairs } from '../../web/parts.tsx'
import { messages } from '../releases/messages.ts'
import type { Release } from '../releases/model.ts'
import type { Verification } from './service.ts'

/** Query, hashes and level of protection: what was released and how to check it. */
export function PackageFacts({ view, release }: { view: View; release: Release }) {
  const t = messages[view.locale]
  if (!release.sql) return null
  const hash = (value: string | null) => (value ? <code class="al-mono al-break">{value}</code> : null)
  return (
    <More label={release.state === 'approved' ? t.pack : t.packAsked}>
      <p class="al-small al-muted">{t.packLead}</p>
      <Pairs
        items={[
          { term: t.preset, value: release.policyVersion },
          { term: t.planHash, value: hash(release.planHash) },
          { term: t.resultHash, value: hash(release.resultSha256) },
          { term: t.packageHash, value: hash(release.packageSha256) },
        ]}
      />
      <p class="al-gap-3">
        <b>{t.sql}</b>
      </p>
      <Code label={t.sql}>{release.sql}</Code>
      <LinkArrow href={view.href(`/transparency/objects/release/${release.id}`)}>{t.register}</LinkArrow>
    </More>
  )
}

type VerifyProps = { view: View; release: Release; verified: Verification }

/** Whether the package is still what was released, recomputed for this page; and the ways to take it along. */
export function PackageCard({ view, release, verified }: VerifyProps) {
  const t = messages[view.locale]
  const good = Object.values(verified).every(Boolean)
  const names = Object.keys(verified) as (keyof Verification)[]
  return (
    <Card title={t.verifyTitle}>
      {good ? <p class="al-small">{t.verified}</p> : <Note tone="warn">{t.notVerified}</Note>}
      <Checks
        view={view}
        items={names
          .filter((name) => name !== 'redacted' || release.redacted.length > 0)
          .map((name) => ({ state: verified[name] ? 'pass' : 'fail', text: t.verify[name] }))}
      />
      <p class="al-gap-2">
        <b>{t.take}:</b> <a href={view.href(`/sandbox/releases/${release.id}/table.csv`)}>{t.takeCsv}</a>,{' '}
        <a href={view.href(`/sandbox/releases/${release.id}/package.json`)}>{t.takeJson}</a>
      </p>
    </Card>
  )
}
