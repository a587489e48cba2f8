#!/usr/bin/env python3
"""Ask the real nft (as root, in a network namespace of its own for each case) what it answers to
the texts and commands of cases.json, and keep it in recorded.json. nft 1.0.6 on Linux 6.18."""
import json, os, subprocess, sys

here = os.path.dirname(os.path.abspath(__file__))
SETUP = 'ip link set lo up; ip link add ext type veth peer name int'


def run(case):
    lines = []
    name = subprocess.check_output(['mktemp', '-d'], text=True).strip()
    script = [SETUP]
    steps = ([{'file': case['text']}] if 'text' in case else []) + [
        {'command': c} for c in case.get('commands', [])
    ]
    for i, step in enumerate(steps):
        if 'file' in step:
            text = step['file'] if isinstance(step['file'], str) else '\n'.join(step['file'])
            with open(f'{name}/{i}.nft', 'w') as f:
                f.write(text if text.endswith('\n') else text + '\n')
            command = f'nft -f {name}/{i}.nft'
        else:
            command = step['command']
        with open(f'{name}/{i}.sh', 'w') as f:
            f.write(command + '\n')
        script.append(f'sh {name}/{i}.sh > {name}/{i}.out 2> {name}/{i}.err; echo $? > {name}/{i}.rc')
    subprocess.run(['unshare', '-n', 'sh', '-c', '\n'.join(script)], check=True)
    for i in range(len(steps)):
        read = lambda kind: open(f'{name}/{i}.{kind}').read()
        out = {'exit': int(read('rc')), 'stdout': read('out').split('\n')[:-1] if read('out') else []}
        if '-v' in sys.argv and read('err'):
            out['stderr'] = read('err').replace(name + '/', '')
        lines.append(out)
    return lines


recorded = {}
for case in json.load(open(f'{here}/cases.json')):
    recorded[case['name']] = run(case)
if '-v' in sys.argv:
    for case in json.load(open(f'{here}/cases.json')):
        steps = (['(text)'] if 'text' in case else []) + case.get('commands', [])
        for step, said in zip(steps, recorded[case['name']]):
            print('#', case['name'], '|', step, '->', said['exit'])
            if said.get('stderr'): print(said['stderr'])
            for line in said['stdout']: print('  ', line)
else:
    with open(f'{here}/recorded.json', 'w') as f:
        json.dump(recorded, f, indent='\t', ensure_ascii=False)
        f.write('\n')
