-- What a person does in Neovim, one step after the other. Prints "ok <step>" or "failed <step>: <why>" for each.

local WAIT_MS = 20000

local function print_line(text)
  io.stdout:write(text:gsub("\n", " ") .. "\n")
  io.stdout:flush()
end

local function wait_for(what, condition)
  if not vim.wait(WAIT_MS, condition, 20) then error("never happened: " .. what, 0) end
end

local function lines(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false), "\n")
end

--- Puts the cursor on the first place of `text`.
local function go_to(text)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search("\\V" .. text, "cW") > 0, "not in the text: " .. text)
end

local function messages()
  return vim.tbl_map(function(found) return found.message end, vim.diagnostic.get(0))
end

local function has_finding(text)
  for _, message in ipairs(messages()) do
    if message:find(text, 1, true) then return true end
  end
  return false
end

--- The text of a window that floats over the others, if there is one.
local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then return lines(vim.api.nvim_win_get_buf(window)) end
  end
end

--- Menus are answered with the entry that holds the text.
local function choose(text)
  vim.ui.select = function(items, options, on_choice)
    for index, item in ipairs(items) do
      local label = (options.format_item or tostring)(item)
      if label:find(text, 1, true) then return on_choice(item, index) end
    end
    error("not on the menu: " .. text, 0)
  end
end

local steps = {
  { "findings appear without being asked for", function()
    wait_for("a finding", function() return has_finding('has no role "SREE"') end)
  end },
  { "hover tells about a group", function()
    go_to("dd-sre")
    vim.lsp.buf.hover()
    wait_for("a window", function() return (floating_text() or ""):find("dd%-sre") ~= nil end)
  end },
  { "completion offers the groups of the directory", function()
    go_to("group: dd-pay")
    vim.cmd("normal! $")
    local params = vim.lsp.util.make_position_params(0, "utf-16")
    params.position.character = params.position.character + 1
    local answers = vim.lsp.buf_request_sync(0, "textDocument/completion", params, WAIT_MS)
    local labels = {}
    for _, answer in pairs(answers or {}) do
      for _, item in ipairs(answer.result.items or answer.result) do table.insert(labels, item.label) end
    end
    assert(vim.tbl_contains(labels, "dd-payments"), "offered: " .. table.concat(labels, ", "))
  end },
  { "a code action corrects a role", function()
    go_to("SREE")
    choose('"SRE"')
    vim.lsp.buf.code_action()
    wait_for("the corrected text", function() return lines():find("SREE", 1, true) == nil end)
    wait_for("the finding to go", function() return not has_finding('has no role "SREE"') end)
  end },
  { "formatting puts the keys into order", function()
    assert(lines():find("reason: nights # quarterly review\n    roles:", 1, true), "not as the test expects")
    if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = WAIT_MS }) else vim.lsp.buf.formatting_sync({}, WAIT_MS) end
    wait_for("another order", function() return lines():find("roles: %[SRE%]\n    reason: nights") ~= nil end)
    assert(lines():find("# quarterly review", 1, true), "a comment is lost")
  end },
  { "rename reaches the other file", function()
    go_to("engineer:")
    vim.lsp.buf.rename("developer")
    wait_for("the new name here", function() return lines():find("bundles: [developer]", 1, true) ~= nil end)
    wait_for("the new name there", function()
      local other = vim.fn.bufnr("other.accessmap.yaml")
      return other > 0 and lines(other):find("bundles: [developer]", 1, true) ~= nil
    end)
  end },
  { "a question opens its answer beside the file", function()
    vim.cmd("Accessmap who-can logs_delete_data")
    wait_for("an answer", function() return lines():find("Who can logs_delete_data in prod", 1, true) ~= nil end)
    assert(vim.bo.buftype == "nofile" and not vim.bo.modifiable, "the answer can be edited")
    vim.cmd("Accessmap who-can logs_delete_data")
    vim.wait(200)
    assert(#vim.api.nvim_list_wins() == 2, "a second answer opened another window")
  end },
  { "names of people are completed as the server knows them", function()
    assert(vim.tbl_contains(vim.fn.getcompletion("Accessmap ex", "cmdline"), "explain"), "no verb offered")
    local people = vim.fn.getcompletion("Accessmap explain haruki", "cmdline")
    assert(#people > 0 and people[1]:lower():find("haruki", 1, true), "offered: " .. table.concat(people, ", "))
  end },
  { "what cannot be answered is told with what to name instead", function()
    local told
    vim.notify = function(text) told = text end
    vim.cmd("Accessmap who-can logs_delete_date")
    wait_for("a message", function() return told ~= nil end)
    assert(told:find("logs_delete_data", 1, true), told)
    vim.cmd("Accessmap who-can")
    assert(told:find("needs the name of a permission", 1, true), told)
  end },
  { "a dry run shows the plan", function()
    vim.cmd("Accessmap plan")
    wait_for("a plan", function() return lines():find("Plan for Acme Production", 1, true) ~= nil end)
    assert(lines():find('group "dd-pay" does not exist in okta; it grants nothing', 1, true), lines())
  end },
}

for _, step in ipairs(steps) do
  local name, run = step[1], step[2]
  local fine, why = pcall(run)
  print_line(fine and "ok " .. name or ("failed " .. name .. ": " .. tostring(why) .. " [" .. table.concat(messages(), "; ") .. "]"))
end
vim.cmd("qall!")
