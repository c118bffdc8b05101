<?php
$parameters = array(
	'mailer_from_email' => 'shop@shop.example',
	'mailer_append_tracking_pixel' => 1,
);
