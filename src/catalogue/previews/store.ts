import type { Finding } from '../../platform/finding.ts'
import type { Db } from '../../platform/db.ts'
import type { Preview } from '../entries/model.ts'

interface FilePreviewTable {
  entry_id: string
  position: number
  url: string
  preview: Preview | null
  partial: boolean
  findings: Finding[]
  fetched_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_file_preview: FilePreviewTable
  }
}

/** The preview kept for a file, if it was fetched from this address. */
export async function findPreview(db: Db, file: { entryId: string; position: number; url: string }) {
  return db
    .selectFrom('catalogue_file_preview')
    .selectAll()
    .where('entry_id', '=', file.entryId)
    .where('position', '=', file.position)
    .where('url', '=', file.url)
    .executeTakeFirst()
}

/** Keeps a preview in place of the one before. */
export async function savePreview(db: Db, row: FilePreviewTable): Promise<void> {
  const { preview, findings, ...plain } = row
  const values = {
    ...plain,
    preview: preview === null ? null : (JSON.stringify(preview) as unknown as Preview),
    findings: JSON.stringify(findings) as unknown as Finding[],
  }
  await db
    .insertInto('catalogue_file_preview')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['entry_id', 'position']).doUpdateSet((eb) => ({
        url: eb.ref('excluded.url'),
        preview: eb.ref('excluded.preview'),
        partial: eb.ref('excluded.partial'),
        findings: eb.ref('excluded.findings'),
        fetched_at: eb.ref('excluded.fetched_at'),
      })),
    )
    .execute()
}

/** Forgets previews fetched before a moment. */
export async function forgetPreviews(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('catalogue_file_preview').where('fetched_at', '<', before).execute()
}
