import reference from '@scalar/fastify-api-reference';
import { fastify } from 'fastify';

/** The page's one script. The package hands it out through its plugin only, which a server without a socket asks. */
export async function referenceScript(): Promise<string> {
  const server = fastify();
  await server.register(reference, { routePrefix: '/', configuration: { url: '/' } });
  const answer = await server.inject('/js/scalar.js');
  await server.close();
  if (answer.statusCode !== 200)
    throw new Error(`the reference script answers ${answer.statusCode}`);
  return answer.body;
}
