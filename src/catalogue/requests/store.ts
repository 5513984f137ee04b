import type { Db } from '../../platform/db.ts'
import type { NeedId, RequestId, RequestState } from '../mapping/model.ts'

interface RequestTable {
  id: string
  question_id: string
  need_id: string
  organisation_id: string
  asker_organisation_id: string | null
  state: RequestState
  message: string
  due: string
  promised_for: string | null
  created_at: Date
  answered_at: Date | null
}

interface MessageTable {
  id: string
  request_id: string
  side: 'asker' | 'holder'
  kind: 'ask' | 'promise' | 'decline' | 'ask-back' | 'reply'
  text: string
  at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_request: RequestTable
    catalogue_request_message: MessageTable
  }
}

/** A request to a holder as everybody may see it: that it was made, to whom, until when, and the answer's kind. */
export type DataRequest = {
  readonly id: RequestId
  readonly questionId: string
  readonly needId: NeedId
  readonly organisationId: string
  readonly askerOrganisationId: string | null
  readonly state: RequestState
  readonly due: string
  readonly promisedFor: string | null
  readonly createdAt: Date
  readonly answeredAt: Date | null
}

/** One message of a request; only for the two sides. */
export type RequestMessage = {
  readonly side: 'asker' | 'holder'
  readonly kind: MessageTable['kind']
  readonly text: string
  readonly at: Date
}

const requestColumns = [
  'id',
  'question_id as questionId',
  'need_id as needId',
  'organisation_id as organisationId',
  'asker_organisation_id as askerOrganisationId',
  'state',
  'due',
  'promised_for as promisedFor',
  'created_at as createdAt',
  'answered_at as answeredAt',
] as const

/** Requests made for these needs, oldest first. */
export async function listRequests(db: Db, needIds: readonly string[]): Promise<DataRequest[]> {
  if (needIds.length === 0) return []
  const rows = await db
    .selectFrom('catalogue_request')
    .select(requestColumns)
    .where('need_id', 'in', [...needIds])
    .orderBy('created_at')
    .execute()
  return rows as unknown as DataRequest[]
}

/** Requests that wait for one of these houses (`open`) or for the asker (`asked-back`). */
export async function listWaiting(
  db: Db,
  filter: { organisationIds?: readonly string[]; state: RequestState },
): Promise<DataRequest[]> {
  if (filter.organisationIds?.length === 0) return []
  const rows = await db
    .selectFrom('catalogue_request')
    .select(requestColumns)
    .where('state', '=', filter.state)
    .$if(filter.organisationIds !== undefined, (query) =>
      query.where('organisation_id', 'in', [...filter.organisationIds!]),
    )
    .orderBy('due')
    .limit(100)
    .execute()
  return rows as unknown as DataRequest[]
}

/** One request. */
export async function findRequest(db: Db, id: string): Promise<DataRequest | undefined> {
  const row = await db
    .selectFrom('catalogue_request')
    .select(requestColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as unknown as DataRequest | undefined
}

/** Adds a request with its first message. */
export async function insertRequest(db: Db, request: DataRequest, message: string): Promise<void> {
  await db
    .insertInto('catalogue_request')
    .values({
      id: request.id,
      question_id: request.questionId,
      need_id: request.needId,
      organisation_id: request.organisationId,
      asker_organisation_id: request.askerOrganisationId,
      state: request.state,
      message,
      due: request.due,
      promised_for: request.promisedFor,
      created_at: request.createdAt,
      answered_at: request.answeredAt,
    })
    .execute()
}

/** Moves a request on. True only for the first who moves it out of the state he saw. */
export async function moveRequest(
  db: Db,
  id: string,
  move: { from: RequestState; to: RequestState; at: Date; promisedFor?: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_request')
    .set({
      state: move.to,
      answered_at: move.to === 'open' ? null : move.at,
      promised_for: move.promisedFor ?? null,
    })
    .where('id', '=', id)
    .where('state', '=', move.from)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Adds a message to a request. */
export async function insertMessage(db: Db, row: MessageTable): Promise<void> {
  await db.insertInto('catalogue_request_message').values(row).execute()
}

/** The messages of a request in order. */
export async function listMessages(db: Db, requestId: string): Promise<RequestMessage[]> {
  return db
    .selectFrom('catalogue_request_message')
    .select(['side', 'kind', 'text', 'at'])
    .where('request_id', '=', requestId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}
