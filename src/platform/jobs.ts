import { PgBoss, fromKysely } from 'pg-boss'
import { sql } from 'kysely'
import type { ConstructorOptions, JobResult } from 'pg-boss'
import type { z } from 'zod'
import type { Ctx } from './context.ts'
import { TIME_ZONE } from './days.ts'
import type { Database, Db } from './db.ts'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import { errorFields } from './log.ts'

/** A background job: its payload is checked, its run must be idempotent (it may run again after a crash). */
export type Job<P = never> = {
  /** `<room>.<verb-noun>`. */
  readonly name: string
  readonly payload: z.ZodType<P>
  /** Runs on its own when it falls due, in Europe/Berlin, with an empty payload. */
  readonly cron?: string
  /** True for work of more than a few seconds; it then does not hold up mails and notices. */
  readonly slow?: boolean
  readonly run: (ctx: Ctx, payload: P) => Promise<void>
}

/** A job whose payload type is not of interest. */
export type AnyJob = Omit<Job<unknown>, 'run'> & { readonly run: (ctx: Ctx, payload: never) => Promise<void> }

/** When to run, and under which key: of several waiting with the same job and key only one stays. */
export type EnqueueOptions = { readonly after?: Date; readonly key?: string }

/** Puts a job in the queue, within the transaction of the `ctx` it came from. */
export type Enqueue = <P>(job: Job<P>, payload: P, options?: EnqueueOptions) => Promise<void>

/** Makes a job; gives the payload its type. */
export function defineJob<P>(job: Job<P>): Job<P> {
  return job
}

/** The queue over the hub's own pool. */
export type Queue = {
  /** The `enqueue` that writes through the given database or transaction. */
  readonly enqueueIn: (db: Db) => Enqueue
  /** Starts the workers; a job that throws is tried again three times with growing pauses. */
  readonly work: (jobs: readonly AnyJob[], makeCtx: (job: string) => Ctx) => Promise<void>
  /** Runs all that is due until nothing is left (tests, demo fill). Throws the first error. */
  readonly drain: (jobs: readonly AnyJob[], makeCtx: (job: string) => Ctx) => Promise<number>
  /** Counts of waiting, running and failed jobs for the operator's page. */
  readonly counts: () => Promise<{
    readonly waiting: number
    readonly running: number
    readonly failed: number
  }>
  readonly stop: () => Promise<void>
}

type Sent = { readonly job: string; readonly payload: unknown }
const lanes = ['quick', 'slow'] as const
const schema = 'jobs'

/** Opens the queue (pg-boss over our pool: never over the embedded session itself, which would join strangers' transactions). */
export async function openQueue(database: Database, log: Log): Promise<Queue> {
  const boss = new PgBoss({
    db: viaPool(database),
    schema,
    ...(database.embedded ? { backend: 'pglite' as const } : {}),
  })
  boss.on('error', (error) => log.error(errorFields(error), 'job queue'))
  await boss.start()
  for (const lane of lanes) {
    if (!(await boss.getQueue(lane))) {
      await boss.createQueue(lane, { policy: 'short', retryLimit: 3, retryBackoff: true, retryDelay: 5 })
      // Lets the library learn of the new queue now: inside a transaction it would ask over a connection we hold.
      await boss.fetch(lane)
    }
  }
  if (database.embedded) await requeueOrphans(database)
  return {
    enqueueIn: (db) => (job, payload, options) => send(boss, db, job as AnyJob, payload, options),
    work: (jobs, makeCtx) => work(boss, jobs, makeCtx, log),
    drain: (jobs, makeCtx) => drain(boss, jobs, makeCtx),
    counts: () => counts(database.db),
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}

function viaPool(database: Database): NonNullable<ConstructorOptions['db']> {
  return {
    async executeSql(text: string, values?: unknown[]) {
      const result = await database.pool.query(text, values?.length ? values : undefined)
      // Several statements in one text give a list of results.
      return Array.isArray(result) ? { rows: result.flatMap((each) => each.rows as unknown[]) } : result
    },
  } as NonNullable<ConstructorOptions['db']>
}

/** After a crash of the only process, jobs it was running must not wait for their time-out. */
async function requeueOrphans(database: Database): Promise<void> {
  await database.pool.query(
    `update ${schema}.job set state = 'retry', start_after = now() where state = 'active'`,
  )
}

async function send(
  boss: PgBoss,
  db: Db,
  job: AnyJob,
  payload: unknown,
  options: EnqueueOptions = {},
): Promise<void> {
  const data: Sent = { job: job.name, payload: job.payload.parse(payload) }
  await boss.send(job.slow ? 'slow' : 'quick', data, {
    // The lane keeps one waiting job per key, so a job without a key of its own gets a fresh one.
    singletonKey: `${job.name}:${options.key ?? newId()}`,
    ...(options.after ? { startAfter: options.after } : {}),
    db: fromKysely(db),
  })
}

async function runOne(jobs: readonly AnyJob[], makeCtx: (job: string) => Ctx, sent: Sent): Promise<void> {
  const job = jobs.find((each) => each.name === sent.job)
  if (!job) throw new Error(`no such job: ${sent.job}`)
  await job.run(makeCtx(job.name), job.payload.parse(sent.payload ?? {}) as never)
}

async function work(
  boss: PgBoss,
  jobs: readonly AnyJob[],
  makeCtx: (job: string) => Ctx,
  log: Log,
): Promise<void> {
  for (const job of jobs) {
    if (!job.cron) continue
    const lane = job.slow ? 'slow' : 'quick'
    await boss.schedule(
      lane,
      job.cron,
      { job: job.name, payload: {} },
      { tz: TIME_ZONE, key: job.name.replaceAll('.', '-'), singletonKey: `${job.name}:cron` },
    )
  }
  for (const lane of lanes) {
    // One at a time, in their order; a full batch asks for the next at once.
    const batch = {
      batchSize: lane === 'slow' ? 1 : 20,
      burstWhenBatchFull: lane === 'quick',
      perJobResults: true as const,
    }
    await boss.work<Sent, object | undefined, typeof batch & { pollingIntervalSeconds: number }>(
      lane,
      { pollingIntervalSeconds: 0.5, ...batch },
      (batch) => settleBatch(batch, (sent) => runOne(jobs, makeCtx, sent), log),
    )
  }
}

async function settleBatch(
  batch: readonly { readonly id: string; readonly data: Sent }[],
  run: (sent: Sent) => Promise<void>,
  log: Log,
): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const { id, data } of batch) {
    try {
      await run(data)
      results.push({ id, status: 'completed' })
    } catch (error) {
      log.error({ ...errorFields(error), job: data.job, id }, 'job failed')
      results.push({ id, status: 'failed' })
    }
  }
  return results
}

async function drain(boss: PgBoss, jobs: readonly AnyJob[], makeCtx: (job: string) => Ctx): Promise<number> {
  let done = 0
  for (let idle = false; !idle;) {
    idle = true
    for (const lane of lanes) {
      for (const sent of await boss.fetch<Sent>(lane, { batchSize: 20 })) {
        idle = false
        await runOne(jobs, makeCtx, sent.data)
        await boss.complete(lane, sent.id)
        done++
      }
    }
  }
  return done
}

async function counts(db: Db): Promise<{ waiting: number; running: number; failed: number }> {
  const { rows } = await sql<{
    state: string
    n: string
  }>`select state::text, count(*) n from ${sql.raw(schema)}.job group by 1`.execute(db)
  const of = (...states: string[]) =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + Number(row.n), 0)
  return { waiting: of('created', 'retry'), running: of('active'), failed: of('failed') }
}
