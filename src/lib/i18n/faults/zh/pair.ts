/**
 * What is said of wrong input, in English as it is thrown and in Chinese. `{}` is a hole. In the Chinese, `{}` takes what
 * the hole held as it stands, a name or a number; `{t}` takes it told in Chinese as well; `{2}`, `{t2}`: the second hole's.
 */
export type Pair = readonly [english: string, chinese: string];
