import type { Db } from '../../platform/db.ts'
import type { Municipality } from '../model.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    identity_municipality: {
      ags: string
      name: string
      claim: string | null
      operator: string | null
      contact: string | null
      hostnames: string[]
    }
  }
}

/** All municipalities by name. */
export function selectMunicipalities(db: Db): Promise<Municipality[]> {
  return db.selectFrom('identity_municipality').selectAll().orderBy('name').execute()
}

/** One municipality, or undefined. */
export function findMunicipality(db: Db, ags: string): Promise<Municipality | undefined> {
  return db.selectFrom('identity_municipality').selectAll().where('ags', '=', ags).executeTakeFirst()
}

/** Adds a municipality or replaces what is known of it. */
export async function upsertMunicipality(db: Db, town: Municipality): Promise<void> {
  const { ags, ...rest } = { ...town, hostnames: [...town.hostnames] }
  await db
    .insertInto('identity_municipality')
    .values({ ags, ...rest })
    .onConflict((conflict) => conflict.column('ags').doUpdateSet(rest))
    .execute()
}
