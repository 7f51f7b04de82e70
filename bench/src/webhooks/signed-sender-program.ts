import { serve } from '../harness/serve.js';
import { type SendAnswer, type SendCommand, sendAll } from './send-loop.js';
import { SignedPost } from './signed-post.js';

serve<SendCommand, SendAnswer>({ sent: 0 }, async (command) => {
  const post = new SignedPost(command);
  const sent = await sendAll(command, (body) => post.send(body));
  await post.close();
  return sent;
});
