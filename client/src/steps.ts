/** Questions one after another in one place, with a way back: a list to choose from or a line of text. */

import { type Disposable, l10n, type QuickInput, QuickInputButtons, type QuickPickItem, window } from "vscode";

export interface Step {
  /** What all steps together are for. */
  readonly title: string;
  /** From 1. */
  readonly number: number;
  readonly prompt: string;
  readonly choices?: readonly { readonly value: string; readonly detail: string }[];
  readonly suggestion?: string;
  /** What is wrong with a text, or undefined. */
  readonly refuse: (text: string) => string | undefined;
  readonly example?: string;
}

/** An answer, the wish to go back, or undefined when dismissed. */
export type StepAnswer = { readonly answer: string } | "back" | undefined;

export type AskStep = (step: Step) => Promise<StepAnswer>;

/** Answers with what was chosen or typed, that the person wants to go back, or that they left. */
export const askStep: AskStep = (step) => (step.choices ? choose(step, step.choices) : write(step));

function choose(step: Step, choices: NonNullable<Step["choices"]>): Promise<StepAnswer> {
  const picker = window.createQuickPick<QuickPickItem & { readonly value: string }>();
  const items = choices.map(({ value, detail }) => ({ label: value, description: detail, value }));
  picker.items = items;
  picker.activeItems = items.filter(({ value }) => value === step.suggestion);
  picker.placeholder = step.prompt;
  picker.matchOnDescription = true;
  return show(step, picker, (settle) => [
    picker.onDidTriggerButton(() => settle("back")),
    picker.onDidAccept(() => {
      const [chosen] = picker.activeItems;
      if (chosen) settle({ answer: chosen.value });
    }),
  ]);
}

function write(step: Step): Promise<StepAnswer> {
  const box = window.createInputBox();
  box.prompt = step.prompt;
  box.value = step.suggestion ?? "";
  if (step.example !== undefined) box.placeholder = l10n.t("such as {0}", step.example);
  return show(step, box, (settle) => [
    box.onDidTriggerButton(() => settle("back")),
    box.onDidChangeValue((text) => {
      box.validationMessage = step.refuse(text.trim()) ?? "";
    }),
    box.onDidAccept(() => {
      const problem = step.refuse(box.value.trim());
      if (problem === undefined) settle({ answer: box.value.trim() });
      else box.validationMessage = problem;
    }),
  ]);
}

interface Buttoned extends QuickInput {
  buttons: readonly unknown[];
}

/** Hidden by whatever means, it is dismissed; so it is by nothing but Escape, since answers lie in other windows. */
function show(
  { title, number }: Step,
  input: QuickInput,
  listen: (settle: (answer: StepAnswer) => void) => readonly Disposable[],
): Promise<StepAnswer> {
  input.title = title;
  input.step = number;
  input.ignoreFocusOut = true;
  if (number > 1) (input as Buttoned).buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    let answer: StepAnswer;
    const subscriptions = [
      ...listen((given) => {
        answer = given;
        input.hide();
      }),
      input.onDidHide(() => {
        for (const subscription of subscriptions) subscription.dispose();
        input.dispose();
        resolve(answer);
      }),
    ];
    input.show();
  });
}
