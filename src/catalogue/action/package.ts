import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { CkanPackage } from '../ckan/package.ts'
import { writeCkanPackage } from '../ckan/write.ts'
import { organisationNames } from './names.ts'
import type { PackageRow } from './store.ts'
import { findPackages } from './store.ts'
import type { Condition } from './filter.ts'

/** Public entries as CKAN packages, in their order. */
export function packagesOf(ctx: Ctx, rows: readonly PackageRow[]): CkanPackage[] {
  return rows.map((row) =>
    writeCkanPackage(row.record, {
      id: row.id,
      url: `${ctx.config.url}/catalogue/datasets/${row.id}`,
      created: row.createdAt,
      modified: row.modifiedAt,
      organization: organisationNames(row.holderName),
      locale: ctx.locale,
    }),
  )
}

/** A stretch of the packages that fit, in the lasting order of ids. */
export async function packagesWhere(
  ctx: Ctx,
  where: Condition,
  page: { start: number; rows: number },
): Promise<CkanPackage[]> {
  const order = { sort: { by: 'id', down: false } as const, score: sql`v.modified_at` }
  return packagesOf(ctx, await findPackages(ctx, where, { ...order, ...page }))
}
