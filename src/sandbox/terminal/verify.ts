import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { verify } from '../attacks/selftest.ts'

/** `verify`: the self-test; ends with 1 where a part does not hold. */
export async function runVerify(_args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const checks = await verify()
  const held = checks.every((c) => c.held)
  if (io.json) io.out(JSON.stringify({ held, checks }, null, 2))
  else for (const c of checks) io.out([c.held ? 'holds' : 'FAILS', c.check, c.seen].join('\t'))
  return held ? 0 : 1
}
