import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { readConfig } from '../src/platform/config.ts'
import { openEmbedded, openServer } from '../src/platform/db.ts'
import { openHub } from '../src/hub.ts'
import { createLog } from '../src/platform/log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    template: string
  }
}

/** Builds one migrated database that every test world copies: a folder, or a template database on a server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'allmende-template-'))
  const server = process.env['TEST_DATABASE_URL']
  const config = readConfig({ NODE_ENV: 'test', ALLMENDE_DATA: folder, LOG_LEVEL: 'error' })
  const database = server ? await freshTemplate(server) : await openEmbedded(join(folder, 'database'))
  const hub = await openHub(config, { database, log: createLog('error') })
  await hub.close()
  project.provide('template', server ?? join(folder, 'database', 'pglite'))
  return () => rm(folder, { recursive: true, force: true })
}

async function freshTemplate(server: string) {
  const admin = openServer(server, 1)
  await admin.pool.query('drop database if exists allmende_template')
  await admin.pool.query('create database allmende_template')
  await admin.close()
  const url = new URL(server)
  url.pathname = '/allmende_template'
  return openServer(url.href)
}
