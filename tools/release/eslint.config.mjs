import config from '../../eslint.config.mjs';

// The consumer's program is checked by the compiler where its packages come from a registry.
export default [...config, { ignores: ['consumer/**'] }];
