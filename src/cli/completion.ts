import { Argument, type Command } from 'commander';
import { completionScript } from './completion-scripts.ts';
import { examples } from './options.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** `netpilot completion bash|zsh|fish` */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands and options in a shell')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(SHELLS))
    .action((shell: (typeof SHELLS)[number]) => {
      process.stdout.write(completionScript(program, shell));
    })
    .addHelpText(
      ...examples(
        ['eval "$(netpilot completion bash)"', 'in ~/.bashrc; for zsh in ~/.zshrc'],
        ['netpilot completion fish | source', 'in ~/.config/fish/config.fish'],
      ),
    );
}
