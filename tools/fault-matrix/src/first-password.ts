/** What the world's user has at first: a hash of the least cost, since it is looked at a thousand times. */
export const firstPassword = {
  text: 'the password before',
  hash: '$argon2id$v=19$m=8,t=1,p=1$eGVJMNtc5HBxw3GqmGLu1g$XZQwHKsp9V1WmyHI10JOLCn26SMu31cj892JUDCgkPQ',
};
