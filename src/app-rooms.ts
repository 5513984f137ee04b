import type { App } from './platform/http.ts'
import { api as transparencyApi } from './transparency/api.ts'
import { pages as transparencyPages } from './transparency/pages.tsx'

/** One line per room: its pages, its REST routes, and the panels that rooms to its right add. */
export function addRooms(app: App): void {
  transparencyPages(app, async () => new Map())
  transparencyApi(app)
}
