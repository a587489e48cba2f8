/** A setting by interface, `all` and `default` among them. */
export type ByInterface = ReadonlyMap<string, number>;

/**
 * A setting of `net.ipv4.conf` that counts where either the interface or `all` has it (`IN_DEV_ORCONF`).
 *
 * @param unset the value where nothing was set
 */
export function isOn(setting: ByInterface, name: string, unset = 0): boolean {
	return (setting.get('all') ?? unset) !== 0 || (setting.get(name) ?? unset) !== 0;
}
