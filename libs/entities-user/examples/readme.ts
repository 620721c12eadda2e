import { toUserResponse, userCreateSchema } from '@cnop/entities-user';
import { makeUser } from '@cnop/entities-user/testing';

const registration = userCreateSchema.parse({
  username: 'Alice',
  email: ' Alice@Example.com ',
  password: 'correct horse battery staple',
  firstName: 'Alice',
  lastName: 'Liddell',
});

console.log(registration.username, registration.email); // alice alice@example.com
console.log(toUserResponse(makeUser()).role); // customer
