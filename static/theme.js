// Runs before the first paint: a theme that the reader has chosen holds from the start.
try {
	const theme = localStorage.getItem('conntrack-lab:theme');
	if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
	// Storage may be closed to us; the system's theme holds then.
}
