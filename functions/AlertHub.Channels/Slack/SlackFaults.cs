namespace AlertHub.Channels.Slack;

/// <summary>Of what kind an error of Slack's Web API is: what helps against it.</summary>
internal enum SlackFault
{
    None,

    /// <summary>The form of the message: plain text may do.</summary>
    Content,

    /// <summary>The message that was to be changed or replied to, or its thread: a new message does.</summary>
    Message,

    /// <summary>The channel: somebody has to put it right.</summary>
    Channel,

    /// <summary>The token or the app's rights: somebody has to put them right.</summary>
    Access,

    /// <summary>Slack itself, for now.</summary>
    Later,

    TooMany,

    /// <summary>Part of it may have been done.</summary>
    Unsure,

    /// <summary>One that is not known here.</summary>
    Unknown,
}

/// <summary>
/// The errors of chat.postMessage and chat.update (https://docs.slack.dev/reference/methods/chat.postMessage and
/// chat.update, 2026-11).
/// </summary>
internal static class SlackFaults
{
    private static readonly Dictionary<string, SlackFault> Known = new(StringComparer.Ordinal)
    {
        ["invalid_blocks"] = SlackFault.Content,
        ["invalid_blocks_format"] = SlackFault.Content,
        ["invalid_attachments"] = SlackFault.Content,
        ["too_many_attachments"] = SlackFault.Content,
        ["attachment_payload_limit_exceeded"] = SlackFault.Content,
        ["msg_blocks_too_long"] = SlackFault.Content,
        ["msg_too_long"] = SlackFault.Content,
        ["no_text"] = SlackFault.Content,
        ["markdown_text_conflict"] = SlackFault.Content,
        ["metadata_too_large"] = SlackFault.Content,
        ["invalid_metadata_format"] = SlackFault.Content,
        ["message_not_found"] = SlackFault.Message,
        ["cant_update_message"] = SlackFault.Message,
        ["edit_window_closed"] = SlackFault.Message,
        ["is_inactive"] = SlackFault.Message,
        ["block_mismatch"] = SlackFault.Message,
        ["thread_not_found"] = SlackFault.Message,
        ["cannot_reply_to_message"] = SlackFault.Message,
        ["restricted_action_thread_locked"] = SlackFault.Message,
        ["restricted_action_non_threadable_channel"] = SlackFault.Message,
        ["channel_not_found"] = SlackFault.Channel,
        ["not_in_channel"] = SlackFault.Channel,
        ["is_archived"] = SlackFault.Channel,
        ["channel_is_archived"] = SlackFault.Channel,
        ["cannot_dm_bot"] = SlackFault.Channel,
        ["messages_tab_disabled"] = SlackFault.Channel,
        ["as_user_not_supported"] = SlackFault.Channel,
        ["invalid_auth"] = SlackFault.Access,
        ["not_authed"] = SlackFault.Access,
        ["token_revoked"] = SlackFault.Access,
        ["token_expired"] = SlackFault.Access,
        ["account_inactive"] = SlackFault.Access,
        ["missing_scope"] = SlackFault.Access,
        ["no_permission"] = SlackFault.Access,
        ["not_allowed_token_type"] = SlackFault.Access,
        ["access_denied"] = SlackFault.Access,
        ["ekm_access_denied"] = SlackFault.Access,
        ["org_login_required"] = SlackFault.Access,
        ["two_factor_setup_required"] = SlackFault.Access,
        ["enterprise_is_restricted"] = SlackFault.Access,
        ["team_access_not_granted"] = SlackFault.Access,
        ["rate_limited"] = SlackFault.TooMany,
        ["ratelimited"] = SlackFault.TooMany,
        ["accesslimited"] = SlackFault.TooMany,
        ["message_limit_exceeded"] = SlackFault.TooMany,
        ["service_unavailable"] = SlackFault.Later,
        ["request_timeout"] = SlackFault.Later,
        ["team_added_to_org"] = SlackFault.Later,
        ["update_failed"] = SlackFault.Later,
        ["external_channel_migrating"] = SlackFault.Later,
        ["internal_error"] = SlackFault.Unsure,
        ["fatal_error"] = SlackFault.Unsure,
    };

    public static SlackFault Of(string code) =>
        Known.TryGetValue(code, out var fault) ? fault
        : code.StartsWith("restricted_action", StringComparison.Ordinal)
        || code.StartsWith("slack_connect_", StringComparison.Ordinal)
            ? SlackFault.Channel
        : SlackFault.Unknown;

    /// <summary>What to do against it, after a colon; empty where nobody has to do anything.</summary>
    public static string Remedy(string code) =>
        code switch
        {
            "channel_not_found" =>
                ": there is no such channel, or it is private and the bot is not in it; check the channel and invite the bot",
            "not_in_channel" => ": invite the bot to the channel",
            "is_archived" or "channel_is_archived" => ": unarchive the channel or name another",
            "cannot_dm_bot" or "messages_tab_disabled" => ": the bot cannot write there; name another channel",
            "missing_scope" or "no_permission" or "not_allowed_token_type" =>
                ": give the app the scope chat:write, install it again, and use its bot token (xoxb-...)",
            "not_authed" => ": no token was sent; give the bot's token (xoxb-...)",
            "invalid_auth" or "token_revoked" or "token_expired" or "account_inactive" =>
                ": the bot's token is not valid any more; install the app again and give the new token",
            _ => Of(code) switch
            {
                SlackFault.Channel => ": the workspace does not let this app post there",
                SlackFault.Access => ": the workspace does not let this app in; ask its administrators",
                _ => "",
            },
        };
}
