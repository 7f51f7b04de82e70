const AT_ONCE = 32;

export const benchTenant = (index: number) => `bench_${index}`;

/** Tenants with an account, a key and tokens, made the way an operator makes them. */
export class AdminClient {
  constructor(
    private readonly port: number,
    private readonly adminKey: string,
  ) {}

  /** @returns one API key for each tenant */
  async createTenants(count: number): Promise<string[]> {
    const keys: string[] = [];
    let next = 0;
    const lane = async () => {
      while (next < count) {
        const index = next;
        next += 1;
        keys[index] = await this.createTenant(benchTenant(index));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, lane));
    return keys;
  }

  private async createTenant(id: string): Promise<string> {
    await this.post('', { id, name: id });
    const path = `/${id}`;
    const limit = { name: 'bench', requestsPerMinute: 1_000_000_000 };
    const { key } = await this.post<{ key: string }>(`${path}/keys`, limit);
    await this.post(`${path}/grants`, { tokens: 1_000_000_000, reason: 'bench' });
    return key;
  }

  /** @throws Error for any answer but a success */
  private async post<T>(path: string, body: object): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.port}/admin/v1/tenants${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.adminKey}` },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST …/tenants${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
}
