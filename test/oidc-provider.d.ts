// The package carries no types; these are the few things our tests use.
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'
  type Claims = Record<string, string | boolean>
  type Account = { accountId: string; claims: () => Claims }
  export class Provider {
    constructor(
      issuer: string,
      configuration: Record<string, unknown> & { findAccount: (ctx: unknown, id: string) => Account },
    )
    callback(): RequestListener
  }
}
