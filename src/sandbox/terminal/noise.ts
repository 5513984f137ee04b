import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { noiseState, renewNoise } from '../protection/service.ts'

/** `noise`: which set of noise is in use; `--renew --yes` draws a new one. Its parameters are never printed. */
export async function runNoise(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const renews = args.options['renew'] !== undefined
  if (renews && args.options['yes'] !== true) {
    const detail = 'All questions asked so far get other figures. If that is meant: --renew --yes'
    if (io.json)
      io.out(JSON.stringify({ type: '/problems/sandbox/unconfirmed', title: 'Not confirmed', detail }))
    else io.note(detail)
    return 2
  }
  const state = renews ? await renewNoise(ctx) : noiseState(ctx)
  if (io.json) io.out(JSON.stringify(state))
  else {
    io.out(`noise set ${state.version}, ${state.origin === 'drawn' ? 'drawn here' : 'the published example'}`)
    if (state.origin === 'example')
      io.note('The example is public. A set of this installation’s own: allmende sandbox noise --renew --yes')
    if (renews) io.note('A hub that is running takes it over at its next start.')
  }
  return 0
}
