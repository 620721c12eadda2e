import { generateSigningKey } from '@cnop/middleware';
import { startService } from '@cnop/middleware/service';
import { userService } from '@cnop/user-service';

// In production the key comes from a secret store. To rotate, put a new key in front and take the old one away later.
const keys = JSON.stringify({ keys: [await generateSigningKey('ES256')] });
const { url, stop } = await startService(userService, { ...process.env, CNOP_SIGNING_KEYS: keys });

process.stdout.write(`Users at ${url}/v1/users/me, described at ${url}/docs\n`);
process.once('SIGTERM', () => void stop());
