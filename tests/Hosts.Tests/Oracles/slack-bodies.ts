// What we send, by Slack's own types. What they leave open is narrowed here, what Slack takes all the same is let in; each
// with its reason. They know nothing of lengths, counts and colours, and that our mrkdwn is to be verbatim: that stands in
// tests/AlertHub.Tests/Support/SlackRules.cs.
import type { KnownBlock, MessageAttachment, MessageAttachmentField, SectionBlock, TextObject } from "@slack/types";
import type { ChatPostMessageArguments, ChatUpdateArguments } from "@slack/web-api";
import type { IncomingWebhookSendArguments } from "@slack/webhook";

// A section has a text or fields (https://docs.slack.dev/reference/block-kit/blocks/section-block); the type lets it have none.
type Section = SectionBlock & ({ text: TextObject } | { fields: TextObject[] });

// Theirs is any object with a type, too, so that no block is ever a wrong one.
type Block = Exclude<KnownBlock, SectionBlock> | Section;

// slack_configs, as Alertmanager writes them: it names "fallback" among what is mrkdwn, and leaves out of a field what is
// empty. Slack takes both.
type Attachment = Omit<MessageAttachment, "blocks" | "fields" | "mrkdwn_in"> & {
  blocks?: Block[];
  fields?: Partial<MessageAttachmentField>[];
  mrkdwn_in?: ("fallback" | "fields" | "pretext" | "text")[];
};

// Of two icons the emoji wins (https://docs.slack.dev/reference/methods/chat.postMessage); the type forbids to name both.
type Members = { blocks: Block[]; attachments: Attachment[]; icon_emoji: string; icon_url: string };

type Known<T> = T extends unknown ? { [Name in keyof T]: Name extends keyof Members ? Members[Name] : T[Name] } : never;

// Else Slack answers no_text.
type Telling = { text: string } | { blocks: Block[] } | { attachments: Attachment[] };

// The others are about the client of that package and are not sent.
type Webhook = Known<Omit<IncomingWebhookSendArguments, "fetch" | "retryConfig" | "timeout">> & Telling;
type Post = Known<ChatPostMessageArguments>;
type Update = Known<ChatUpdateArguments>;
