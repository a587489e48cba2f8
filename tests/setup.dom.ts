import '@testing-library/jest-dom/vitest';

// jsdom lays nothing out, so that nothing is out of sight in it.
Element.prototype.scrollIntoView ??= () => undefined;
