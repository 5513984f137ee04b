import { join } from 'node:path'
import type { Config } from './platform/config.ts'
import type { Ctx, Resources } from './platform/context.ts'
import { transact } from './platform/context.ts'
import { sendMail } from './platform/mail.ts'
import { entryUses as usesInAnswers } from './answers/service.ts'
import { createLiveIndex } from './catalogue/search/live.ts'
import { entryUses as usesInAgreements } from './cooperation/service.ts'
import { createAuth } from './identity/auth.ts'
import { openProtection } from './sandbox/protection/kept.ts'
import { createVaultPool } from './sandbox/vault/pool.ts'
import type { CtxOptions } from './hub.ts'

/** Builds what rooms keep for the life of the process: sign-in, search index, vaults. `close` ends them in reverse order. */
export async function buildResources(
  config: Config,
  makeCtx: (options?: CtxOptions) => Ctx,
): Promise<{ resources: Partial<Resources>; close: () => Promise<void> }> {
  const auth = createAuth({
    db: makeCtx().db,
    config,
    sendMail: (mail) => transact(makeCtx(), (ctx) => sendMail(ctx, mail)),
  })
  // Before the vaults: a folder without keys is a new installation, which draws its own noise.
  const protection = openProtection({
    keys: join(config.dataDir, 'vaults', 'keys'),
    presetFile: config.protectionFile,
  })
  const vaults = await createVaultPool({ dir: join(config.dataDir, 'vaults'), spare: config.mode !== 'test' })
  const { db, log } = makeCtx()
  const catalogueIndex = createLiveIndex({ db, log, dir: join(config.dataDir, 'search') })
  const close = async () => {
    await vaults.close()
    await catalogueIndex.close()
  }
  const entryUses = [usesInAgreements, usesInAnswers]
  return { resources: { auth, protection, vaults, catalogueIndex, entryUses }, close }
}
