import type { JWK } from 'jose';

/** What identity is told beyond its surroundings. */
export interface IdentityConfig {
  /** private key (Ed25519) that signs access tokens; everyone else has the public one */
  signingKey: JWK;
  /** made when the region has no operator yet */
  firstOperator?: { login: string; password: string };
  /** the password of the demo's accounts, which everybody knows: taken where the demo runs alone */
  demoPassword?: string;
  /** seconds; 600 unless said */
  accessTokenSeconds?: number;
  /** minutes without a refresh after which a session ends; 30 unless said (R214) */
  idleMinutes?: number;
  /** days after which a session ends however much it is used; 30 unless said */
  sessionDays?: number;
}

/** The configuration with every default in place; a provider of the module. */
export class IdentitySettings {
  readonly signingKey: JWK;
  readonly firstOperator: IdentityConfig['firstOperator'];
  readonly demoPassword: string | undefined;
  readonly accessTokenSeconds: number;
  readonly idleMs: number;
  readonly sessionMs: number;

  constructor(config: IdentityConfig) {
    this.signingKey = config.signingKey;
    this.firstOperator = config.firstOperator;
    this.demoPassword = config.demoPassword;
    this.accessTokenSeconds = config.accessTokenSeconds ?? 600;
    this.idleMs = (config.idleMinutes ?? 30) * 60_000;
    this.sessionMs = (config.sessionDays ?? 30) * 86_400_000;
  }
}
