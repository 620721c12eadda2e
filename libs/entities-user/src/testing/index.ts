export { makeUser, makeUserCreate } from './make-user.ts';
