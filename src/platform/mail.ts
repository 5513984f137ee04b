import { createTransport } from 'nodemailer'
import { z } from 'zod'
import type { Ctx } from './context.ts'
import { defineJob } from './jobs.ts'
import { newId } from './ids.ts'

declare module './db.ts' {
  interface Tables {
    platform_mail: {
      id: string
      recipient: string | null
      subject: string | null
      body: string | null
      queued_at: Date
      sent_at: Date | null
    }
  }
}

/** A plain-text mail. `unsubscribe` becomes the one-click header of RFC 8058. */
export type Mail = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly unsubscribe?: string
}

/** Queues a mail with the use case; it is sent once the transaction has committed. */
export async function sendMail(ctx: Ctx, mail: Mail): Promise<void> {
  const id = newId(ctx.now.getTime())
  const body = mail.unsubscribe ? `${mail.text}\n\n-- \n${mail.unsubscribe}` : mail.text
  await ctx.db
    .insertInto('platform_mail')
    .values({ id, recipient: mail.to, subject: mail.subject, body, queued_at: ctx.now, sent_at: null })
    .execute()
  await ctx.enqueue(
    sendQueuedMail,
    { id, ...(mail.unsubscribe ? { unsubscribe: mail.unsubscribe } : {}) },
    { key: id },
  )
}

/** Removes all mails to an address that still lie here; part of erasing an account. */
export async function forgetMails(ctx: Ctx, address: string): Promise<void> {
  await ctx.db.deleteFrom('platform_mail').where('recipient', '=', address).execute()
}

/**
 * Hands one queued mail to the SMTP server and then forgets address, subject and text. Without an SMTP server the mail
 * stays readable in the operator's outbox (demo, first steps).
 */
export const sendQueuedMail = defineJob({
  name: 'platform.send-mail',
  payload: z.object({ id: z.string(), unsubscribe: z.string().optional() }),
  run: async (ctx, { id, unsubscribe }) => {
    const mail = await ctx.db.selectFrom('platform_mail').selectAll().where('id', '=', id).executeTakeFirst()
    if (!mail || mail.sent_at || !mail.recipient) return
    if (ctx.config.smtpUrl)
      await deliver(ctx, mail.recipient, mail.subject ?? '', mail.body ?? '', unsubscribe)
    await ctx.db
      .updateTable('platform_mail')
      .set({
        sent_at: new Date(),
        ...(ctx.config.smtpUrl ? { recipient: null, subject: null, body: null } : {}),
      })
      .where('id', '=', id)
      .execute()
  },
})

async function deliver(
  ctx: Ctx,
  to: string,
  subject: string,
  text: string,
  unsubscribe?: string,
): Promise<void> {
  const transport = createTransport({
    url: ctx.config.smtpUrl!,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const headers = unsubscribe
    ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {}
  try {
    await transport.sendMail({ from: ctx.config.mailFrom, to, subject, text, headers })
  } finally {
    transport.close()
  }
}

/** A mail that lies in the outbox. */
export type QueuedMail = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly at: Date
}

const shown = (row: {
  id: string
  recipient: string | null
  subject: string | null
  body: string | null
  queued_at: Date
}): QueuedMail => ({
  id: row.id,
  to: row.recipient ?? '',
  subject: row.subject ?? '',
  text: row.body ?? '',
  at: row.queued_at,
})

/** Mails still readable here, newest first, before an id; 30 a page. */
export async function listOutbox(ctx: Ctx, before?: string): Promise<readonly QueuedMail[]> {
  let query = ctx.db
    .selectFrom('platform_mail')
    .selectAll()
    .where('recipient', 'is not', null)
    .orderBy('id', 'desc')
    .limit(30)
  if (before) query = query.where('id', '<', before)
  return (await query.execute()).map(shown)
}

/** One mail of the outbox. */
export async function findOutboxMail(ctx: Ctx, id: string): Promise<QueuedMail | undefined> {
  const row = await ctx.db
    .selectFrom('platform_mail')
    .selectAll()
    .where('id', '=', id)
    .where('recipient', 'is not', null)
    .executeTakeFirst()
  return row && shown(row)
}

/** How many mails have been written and not sent. */
export async function countWaitingMails(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('platform_mail')
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('sent_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
