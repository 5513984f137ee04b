import type { View } from '../../platform/view.ts'
import { Chip } from '../../web/parts.tsx'
import type { RunState } from '../runs/model.ts'
import { isFinished } from '../runs/model.ts'
import { messages } from './messages.ts'

/** How a run stands, as icon and word: what failed must not look like what went well. */
export function StateChip({ view, state }: { view: View; state: RunState }) {
  const tone = state === 'complete' ? 'open' : isFinished(state) ? 'closed' : 'ask'
  const icon = state === 'complete' ? 'check' : isFinished(state) ? 'warn' : 'clock'
  return (
    <Chip tone={tone} icon={icon}>
      {messages[view.locale].states[state]}
    </Chip>
  )
}
