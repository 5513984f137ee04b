import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Room, Snapshot } from './room.ts'
import { recipientOf, roomIdentity, shredFile } from './seal.ts'

/** Beside the room's key, named after it; ids of rooms hold no point, so the names are never those of another room. */
function keyFileOf(room: Pick<Room, 'keyFile'>, snapshot: Pick<Snapshot, 'file'>): string {
  return room.keyFile.replace(/age$/, `${snapshot.file}`)
}

/** Makes the key of one snapshot, sealed to its room: the snapshot can be destroyed while the room goes on. */
export async function newSnapshotKey(room: Room, snapshot: Pick<Snapshot, 'file'>): Promise<string> {
  return recipientOf(await roomIdentity(keyFileOf(room, snapshot), room))
}

/** The identity that opens a snapshot; older ones were sealed with the room's own. */
export async function snapshotIdentity(room: Room, snapshot: Pick<Snapshot, 'file'>): Promise<string> {
  const file = keyFileOf(room, snapshot)
  return existsSync(file) ? roomIdentity(file, room) : room.identity
}

/** Destroys the key of one snapshot: copies of its file in any backup stay closed for ever. */
export function shredSnapshotKey(room: Room, snapshot: Pick<Snapshot, 'file'>): Promise<void> {
  return shredFile(keyFileOf(room, snapshot))
}

/** Destroys a room's key and those of all its snapshots. */
export async function shredKeys(keyFile: string): Promise<void> {
  await shredFile(keyFile)
  const folder = dirname(keyFile)
  const start = basename(keyFile).replace(/age$/, '')
  if (!existsSync(folder)) return
  for (const name of await readdir(folder))
    if (name.startsWith(start) && name.endsWith('.age')) await shredFile(join(folder, name))
}
